package io.webchat.examples.server.accounts;

import java.util.Locale;

/** The texts that an {@link AccountStore} keeps for one purpose. Each part has texts of its own under the same ids. */
public enum AccountPart {
    /** The hash of each user's password. */
    ACCOUNT,
    /** The browsers of each user that want pushes. */
    PUSH,
    /** The texts that the nodes share. Their ids name purposes and not users. */
    SERVER;

    /** The name of the part in names of stored texts. */
    String prefix() {
        return name().toLowerCase(Locale.ROOT) + ":";
    }
}
