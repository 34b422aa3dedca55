// load: not_javascript
// error: SyntaxError
}); ({
