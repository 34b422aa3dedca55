// event: deep
// outcome: bad_payload, ok, threw
on("go", () => undefined);
