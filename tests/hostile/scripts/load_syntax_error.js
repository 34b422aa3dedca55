// load: not_javascript
// error: SyntaxError: expected expression
// at: attack.js:5:16
on("go", () => undefined);
const broken = ;
