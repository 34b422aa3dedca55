// load: not_javascript
// error: SyntaxError: .*with
// at: attack.js:4:1
with ({}) on("go", () => undefined);
