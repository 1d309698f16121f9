package io.webchat.examples.server.browser;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;

/** A network as the developer tools of Chromium make it: with their factors for what its name promises. */
enum Network {
    AS_IT_IS(0, 0, 0),
    /** 1.6 Mbit/s and 750 kbit/s, of which they leave 90 %, and 150 ms, which they take 3.75 times. */
    FAST_3G(1_440_000, 675_000, 562.5),
    /** 500 kbit/s both ways, of which they leave 80 %, and 400 ms, which they take five times. */
    SLOW_3G(400_000, 400_000, 2_000);

    private static final int BITS = 8;

    private final int downBits;
    private final int upBits;
    private final double latency;

    Network(int downBits, int upBits, double latency) {
        this.downBits = downBits;
        this.upBits = upBits;
        this.latency = latency;
    }

    /** Lets a page have this network. */
    void emulate(CDPSession session) {
        if (this == AS_IT_IS) {
            return;
        }
        JsonObject conditions = new JsonObject();
        conditions.addProperty("offline", false);
        conditions.addProperty("latency", latency);
        conditions.addProperty("downloadThroughput", downBits / BITS);
        conditions.addProperty("uploadThroughput", upBits / BITS);
        session.send("Network.emulateNetworkConditions", conditions);
    }
}
