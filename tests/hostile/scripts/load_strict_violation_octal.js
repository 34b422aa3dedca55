// load: not_javascript
// error: SyntaxError: .*octal
// at: attack.js:4:15
const old = 0777;
