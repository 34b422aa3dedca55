// load: not_javascript
// error: SyntaxError: .*missing
// at: attack.js:5:15
on("go", () => undefined);
const broken = ;
