// load: not_javascript
// error: SyntaxError: expected expression
// The bundle is the body of a function; it must not be able to end that function and go on outside.
on("go", () => undefined);
}); globalThis.outside = 1; (async () => {
