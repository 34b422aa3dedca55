// load: not_javascript
console.log(new.target);
