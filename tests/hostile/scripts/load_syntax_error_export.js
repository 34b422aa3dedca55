// load: not_javascript
// error: SyntaxError: .*export
// at: attack.js:4:1
export default 1;
