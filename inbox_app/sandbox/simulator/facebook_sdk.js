// Stands in for Facebook's script in the sandbox: the same calls, and a window of ours instead of Facebook's.
globalThis.FB = {
  init() {},
  login(callback) {
    const popup = window.open("/sandbox/facebook", "facebook", "popup,width=520,height=680");
    if (!popup) return callback({ status: "unknown", authResponse: null });
    let ended = false;
    const end = (code) => {
      if (ended) return;
      ended = true;
      clearInterval(watch);
      window.removeEventListener("message", hear);
      callback({ status: code ? "connected" : "unknown", authResponse: code ? { code } : null });
    };
    const hear = ({ origin, data }) => {
      if (origin === location.origin && typeof data?.playedCode === "string") end(data.playedCode);
    };
    const watch = setInterval(() => popup.closed && setTimeout(end, 300), 200);
    window.addEventListener("message", hear);
  },
};
globalThis.fbAsyncInit?.();
