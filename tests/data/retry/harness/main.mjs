// node main.mjs PORT...: program i against port i.
import http from "node:http";

function outcomeOf(port) {
  return new Promise((done) => {
    const request = http.get({ host: "127.0.0.1", port, agent: false }, (response) => {
      const get = (name) => response.headers[name.toLowerCase()] ?? null;
      response.resume();
      response.on("end", () => done({ status: response.statusCode, headers: { get } }));
    });
    request.on("error", () => done({ status: 0, failure: "closed" }));
  });
}

const ports = process.argv.slice(2);
for (const [index, port] of ports.entries()) {
  console.error(`case ${index}`);
  const { retry, GaveUp } = await import(`./policy_${index}.mjs`);
  try {
    const outcome = await retry(() => outcomeOf(port));
    console.error(`returned ${outcome.status}`);
  } catch (problem) {
    if (!(problem instanceof GaveUp)) throw problem;
    console.error("gave up");
  }
}
