// load: not_javascript
// error: SyntaxError
console.log(import.meta.url);
