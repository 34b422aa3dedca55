// load: threw
// error: TypeError
// at: attack.js:4:20
function setUp() { null.value; }
setUp();
