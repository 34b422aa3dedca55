// load: not_javascript
// error: SyntaxError: expected expression
}); ({
