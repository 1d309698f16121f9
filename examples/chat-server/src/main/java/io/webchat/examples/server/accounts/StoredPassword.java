package io.webchat.examples.server.accounts;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an account keeps of its password.
 *
 * @param hash the hash
 * @param isPending whether the id of the account has not begun anew yet
 * @param changedAt when it replaced an earlier password, to the second; the epoch if it is the first
 */
record StoredPassword(String hash, boolean isPending, Instant changedAt) {
    private static final String PENDING = "pending:";
    private static final Pattern CHANGED = Pattern.compile("changed:(\\d{1,18}):(.*)");

    static StoredPassword first(String hash) {
        return new StoredPassword(hash, false, Instant.EPOCH);
    }

    static StoredPassword pending(String hash) {
        return new StoredPassword(hash, true, Instant.EPOCH);
    }

    static StoredPassword changed(String hash, Instant now) {
        return new StoredPassword(hash, false, Instant.ofEpochSecond(now.getEpochSecond()));
    }

    /** What a text of an {@link AccountStore} says. */
    static StoredPassword of(String text) {
        Matcher changed = CHANGED.matcher(text);
        if (changed.matches()) {
            return new StoredPassword(changed.group(2), false, Instant.ofEpochSecond(Long.parseLong(changed.group(1))));
        }
        return text.startsWith(PENDING) ? pending(text.substring(PENDING.length())) : first(text);
    }

    /** The text for an {@link AccountStore}. */
    String text() {
        if (isPending) {
            return PENDING + hash;
        }
        return changedAt.equals(Instant.EPOCH) ? hash : "changed:" + changedAt.getEpochSecond() + ":" + hash;
    }
}
