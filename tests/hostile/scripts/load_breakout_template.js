// load: not_javascript
// error: SyntaxError
const text = `
