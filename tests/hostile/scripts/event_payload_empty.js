// event: go
// outcome: bad_payload
// error: SyntaxError: JSON.parse: unexpected end of data
on("go", () => undefined);
