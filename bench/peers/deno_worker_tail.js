self.onmessage = async ({ data }) => self.postMessage(await dispatch("message", JSON.parse(data)));
