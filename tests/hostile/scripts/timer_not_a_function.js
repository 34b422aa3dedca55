// outcome: threw
// error: TypeError: a timer needs a function
on("go", () => setTimeout("for (;;);", 0));
