// load: not_javascript
// error: SyntaxError
var own = 1;
delete own;
