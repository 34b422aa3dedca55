// load: not_javascript, loaded, threw
console.log(new.target);
