// load: not_javascript
// deadline: 0.3
}); for (;;); (() => {
