package io.webchat.examples.server;

import io.webchat.core.memory.MemoryCallLogStore;
import io.webchat.core.spi.CallLogStore;
import java.time.Clock;
import java.time.Duration;

/** What nodes of one process have in common: who signed in, what their tokens are signed with, the history. */
record SharedParts(Tokens tokens, SignIn signIn, CallLogStore callLog) {
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(12);

    /** New ones with the key that the options name, or a random one. */
    static SharedParts of(ServerOptions options) {
        byte[] given = options.secret();
        Tokens tokens = new Tokens(given.length == 0 ? Tokens.randomKey() : given, TOKEN_LIFETIME, Clock.systemUTC());
        return new SharedParts(tokens, new SignIn(tokens), MemoryCallLogStore.create());
    }
}
