package io.webchat.examples.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * The traffic between clients: each writes to its partner, who answers every message with a delivery receipt. Both
 * learn from the {@code MsgID} when the message was meant to be sent, so that nothing has to be looked up. Belongs to
 * the event loop.
 */
final class Traffic implements LoadClient.Listener {
    private static final String ID = "\"MsgID\":\"";
    private static final String TYPE = "\"EvtType\":\"";
    private static final int NANOS_DIGITS = 16;
    private static final int ID_LENGTH = 36;
    private static final byte[] CHAT = "[\"chat\",".getBytes(StandardCharsets.US_ASCII);
    private static final String TEXT = "Hello there! ".repeat(8).substring(0, 100);
    private static final int ACKS_KEPT = 1024;

    private final Latencies latencies = new Latencies();
    private final boolean returning;
    private final String[] to;
    private final long[][] intended;
    private Consumer<LoadClient> over = client -> {};
    private long count;
    private long sent;
    private long acknowledged;
    private long delivered;
    private long receipts;
    private String trouble = "";

    /** Traffic between clients whose names begin alike; the i-th writes to the one beside it. */
    Traffic(String prefix, int clients) {
        this(prefix, clients, false);
    }

    /** As {@link #Traffic(String, int)}. A returning client may get its unconfirmed messages once more. */
    Traffic(String prefix, int clients, boolean returning) {
        this.returning = returning;
        to = new String[clients];
        intended = new long[clients][ACKS_KEPT];
        for (int i = 0; i < clients; i++) {
            to[i] = prefix + (i ^ 1);
        }
    }

    /** Sets the action that runs when a client gets the receipt of its message. */
    void whenOver(Consumer<LoadClient> next) {
        over = next;
    }

    /** Sends a message that was meant to leave at this time of {@link System#nanoTime}. The caller flushes. */
    void send(LoadClient from, long nanos) {
        long ack = from.nextAck();
        intended[from.index()][(int) (ack % ACKS_KEPT)] = nanos;
        String head = "42" + ack + "[\"chat\",{\"EvtType\":\"message\",\"From\":\"" + from.user() + "\",\"To\":\""
                + to[from.index()] + "\",\"MsgID\":\"" + id(nanos) + "\",\"Timestamp\":" + seconds() + ",\"Text\":\""
                + TEXT + "\"}]";
        from.write(head.getBytes(StandardCharsets.US_ASCII));
        sent++;
    }

    private static long seconds() {
        return System.currentTimeMillis() / 1000;
    }

    /** As long as the UUIDs of real clients. */
    private String id(long nanos) {
        String unique = Long.toHexString(count++);
        StringBuilder id = new StringBuilder(ID_LENGTH);
        String time = Long.toHexString(nanos);
        id.append("0".repeat(NANOS_DIGITS - time.length())).append(time);
        return id.append("-".repeat(ID_LENGTH - NANOS_DIGITS - unique.length()))
                .append(unique)
                .toString();
    }

    @Override
    public void event(LoadClient client, Text text) {
        int type = text.behind(TYPE);
        int id = text.behind(ID);
        if (type > 0 && id > 0 && text.at(type) == 'm') {
            delivered++;
            latencies.delivered(System.nanoTime() - nanos(text, id));
            confirm(client, text.copy(id, ID_LENGTH));
        } else if (type > 0 && id > 0 && text.at(type) == 'd') {
            receipts++;
            latencies.receipt(System.nanoTime() - nanos(text, id));
            over.accept(client);
        } else {
            trouble("an event: " + text);
        }
    }

    private void confirm(LoadClient client, byte[] id) {
        String head = "{\"EvtType\":\"delivery\",\"From\":\"" + client.user() + "\",\"To\":\"" + to[client.index()]
                + "\",\"MsgID\":\"";
        String tail = "\",\"Timestamp\":" + seconds() + "}]";
        client.write(
                "42".getBytes(StandardCharsets.US_ASCII),
                CHAT,
                head.getBytes(StandardCharsets.US_ASCII),
                id,
                tail.getBytes(StandardCharsets.US_ASCII));
    }

    private static long nanos(Text text, int id) {
        long nanos = 0;
        for (int i = id; i < id + NANOS_DIGITS; i++) {
            nanos = 16 * nanos + Character.digit(text.at(i), 16);
        }
        return nanos;
    }

    @Override
    public void acknowledged(LoadClient client, long ackId, Text text) {
        if (text.behind("\"ok\":true") < 0) {
            trouble("an answer: " + text);
        }
        acknowledged++;
        latencies.acknowledged(System.nanoTime() - intended[client.index()][(int) (ackId % ACKS_KEPT)]);
    }

    @Override
    public void lost(LoadClient client, String why) {
        trouble(client.user() + ": " + why);
    }

    private void trouble(String what) {
        if (trouble.isEmpty()) {
            trouble = what;
        }
    }

    /** The first failure; empty if there was none. */
    String trouble() {
        return trouble;
    }

    Latencies latencies() {
        return latencies;
    }

    long sent() {
        return sent;
    }

    long delivered() {
        return delivered;
    }

    /**
     * Whether each sent message was acknowledged and delivered, and its receipt came back. Each happened once, except
     * for the unconfirmed messages of returning clients.
     */
    boolean settled() {
        return acknowledged == sent
                && LongStream.of(delivered, receipts).allMatch(each -> returning ? each >= sent : each == sent);
    }

    /** Whether each message that was sent was acknowledged. */
    boolean allAcknowledged() {
        return acknowledged == sent;
    }

    @Override
    public String toString() {
        return sent + " sent, " + acknowledged + " acknowledged, " + delivered + " delivered, " + receipts + " receipts"
                + (trouble.isEmpty() ? "" : "; " + trouble);
    }
}
