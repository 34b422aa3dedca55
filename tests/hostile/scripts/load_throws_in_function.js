// load: threw
// error: TypeError
// at: attack.js:5:18
function setUp() { null.value; }
setUp();
