// load: not_javascript
// error: SyntaxError: a brace is closed that the bundle did not open
// No label of the bundle's own stands in for the one that it cannot know.
}}); bundle: for (;;) { (async () => {{
