// load: not_javascript
// error: SyntaxError
}), Promise.reject(new Error("outside")), ({
