// load: threw, not_javascript, loaded
on("go", () => undefined);
<!-- an old way to write a comment
