"use strict";
// Loaded before the Playground. It binds every server of it to this machine alone (by itself it listens on
// every network), and ends it when whoever started it is gone, however they went: their end of the pipe closes.
const net = require("node:net");

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (port, ...rest) {
  if (typeof port === "number" || typeof port === "string") {
    return listen.call(this, { port: Number(port), host: "127.0.0.1" }, ...rest);
  }
  return listen.call(this, port, ...rest);
};

process.stdin.on("end", () => process.exit(0)).on("error", () => process.exit(0)).resume();
