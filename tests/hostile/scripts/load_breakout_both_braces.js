// load: not_javascript
// error: SyntaxError: a brace is closed that the bundle did not open
// The bundle is a block in a function; it must not be able to end both and go on outside.
on("go", () => undefined);
}}); globalThis.outside = 1; (async () => {{
