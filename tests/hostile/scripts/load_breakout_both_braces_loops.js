// load: not_javascript
// error: SyntaxError: a brace is closed that the bundle did not open
}}); for (;;); (() => {{
