// load: not_javascript
// error: SyntaxError: .*octal
const old = 0777;
