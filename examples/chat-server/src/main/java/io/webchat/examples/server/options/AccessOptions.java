package io.webchat.examples.server.options;

import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** The options of access: accounts, keys and tokens. */
public final class AccessOptions {
    private static final int MIN_SECRET_BYTES = 32;

    @Option(
            names = "--auth-secret",
            paramLabel = "<key>",
            defaultValue = "${env:CHAT_AUTH_SECRET:-}",
            showDefaultValue = Visibility.NEVER,
            description =
                    "HS256 key of the tokens, 32 bytes or more; generated for this run when absent. CHAT_AUTH_SECRET")
    private String authSecret = "";

    @Option(
            names = "--legacy-join",
            defaultValue = "${env:CHAT_LEGACY_JOIN:-false}",
            fallbackValue = "true",
            arity = "0..1",
            paramLabel = "true|false",
            description =
                    "Let clients of the original join as anyone, without a token. CHAT_LEGACY_JOIN (${DEFAULT-VALUE})")
    private boolean legacyJoin;

    /** The given key; empty if there is none. */
    public byte[] secret() {
        return authSecret.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether clients of the original may join as anyone. */
    public boolean legacyJoin() {
        return legacyJoin;
    }

    void check(Faults faults, boolean severalNodes) {
        int bytes = secret().length;
        if (bytes > 0 && bytes < MIN_SECRET_BYTES) {
            faults.add("--auth-secret must have 32 bytes or more, as HS256 asks for");
        }
        if (bytes == 0 && severalNodes) {
            faults.add("--redis needs --auth-secret, the same on every node: with keys of"
                    + " their own the nodes would refuse each other's tokens");
        }
    }
}
