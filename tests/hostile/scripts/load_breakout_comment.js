// load: not_javascript
// error: SyntaxError
on("go", () => undefined); /*
