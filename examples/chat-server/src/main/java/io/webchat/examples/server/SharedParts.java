package io.webchat.examples.server;

import java.time.Clock;
import java.time.Duration;

/** What nodes of one process have in common: who signed in, and what their tokens are signed with. */
record SharedParts(Tokens tokens, SignIn signIn) {
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(12);

    /** New ones with the key that the options name, or a random one. */
    static SharedParts of(AccessOptions options) {
        byte[] given = options.secret();
        Tokens tokens = new Tokens(given.length == 0 ? Tokens.randomKey() : given, TOKEN_LIFETIME, Clock.systemUTC());
        return new SharedParts(tokens, new SignIn(tokens));
    }
}
