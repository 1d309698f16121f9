package io.webchat.examples.server.history;

/**
 * One line of a history.
 *
 * @param at when, Unix microseconds; no two lines of a history have the same
 * @param client the client it happened to, {@code user} or {@code user/device}; or the part that broke
 * @param kind what happened
 * @param peer the other user; empty where there is none
 * @param id the message's id, which is unique over all authors; empty where there is none
 * @param seq the place in the queue; 0 where there is none
 * @param storedAt the server's time, Unix milliseconds; 0 where there is none
 * @param detail the rest
 */
public record Entry(long at, String client, Kind kind, String peer, String id, long seq, long storedAt, String detail) {
    /** The user of a client. */
    public String user() {
        return userOf(client);
    }

    static String userOf(String client) {
        int slash = client.indexOf('/');
        return slash < 0 ? client : client.substring(0, slash);
    }

    boolean is(Kind... kinds) {
        for (Kind each : kinds) {
            if (kind == each) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        StringBuilder line =
                new StringBuilder("%d.%06d %-18s %-10s".formatted(at / 1_000_000, at % 1_000_000, client, kind));
        append(line, "peer", peer);
        append(line, "id", id);
        append(line, "seq", seq == 0 ? "" : Long.toString(seq));
        append(line, "storedAt", storedAt == 0 ? "" : Long.toString(storedAt));
        append(line, "detail", detail);
        return line.toString();
    }

    private static void append(StringBuilder line, String name, String value) {
        if (!value.isEmpty()) {
            line.append(' ').append(name).append('=').append(value);
        }
    }
}
