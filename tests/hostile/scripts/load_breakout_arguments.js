// load: not_javascript
// error: SyntaxError
}, async function () {
