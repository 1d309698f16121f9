package io.webchat.examples.server.history;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Writes a history down, in the order in which it is told. Safe for use by any number of threads. */
public final class Recorder {
    private final LongSupplier micros;
    private final List<Entry> entries = new ArrayList<>();
    private long last;

    /** One that asks this clock, in Unix microseconds. */
    public Recorder(LongSupplier micros) {
        this.micros = micros;
    }

    /** One that asks the system's clock once, and from then on a clock that nobody sets. */
    public static Recorder ofSystem() {
        long offset = System.currentTimeMillis() * 1000 - System.nanoTime() / 1000;
        return new Recorder(() -> System.nanoTime() / 1000 + offset);
    }

    /** What was told so far. */
    public synchronized History history() {
        return new History(entries);
    }

    /** The clock's time, in microseconds, as the entries have it. */
    public long now() {
        return micros.getAsLong();
    }

    private synchronized void add(
            String client, Kind kind, String peer, String id, long seq, long storedAt, String detail) {
        last = Math.max(last + 1, micros.getAsLong());
        entries.add(new Entry(last, client, kind, peer, id, seq, storedAt, detail));
    }

    /** See {@link Kind#CONNECTED}. */
    public void connected(String client, String node) {
        add(client, Kind.CONNECTED, "", "", 0, 0, node);
    }

    /** See {@link Kind#SENT}. */
    public void sent(String client, String to, String id, String text) {
        add(client, Kind.SENT, to, id, 0, 0, text);
    }

    /** See {@link Kind#ACKED}. */
    public void acked(String client, String to, String id, long storedAt) {
        add(client, Kind.ACKED, to, id, 0, storedAt, "");
    }

    /** See {@link Kind#REFUSED}. */
    public void refused(String client, String to, String id, String code) {
        add(client, Kind.REFUSED, to, id, 0, 0, code);
    }

    /** See {@link Kind#UNANSWERED}. */
    public void unanswered(String client, String to, String id, String node) {
        add(client, Kind.UNANSWERED, to, id, 0, 0, node);
    }

    /** See {@link Kind#RECEIVED}. */
    public void received(String client, String from, String id, long seq, long storedAt, String text) {
        add(client, Kind.RECEIVED, from, id, seq, storedAt, text);
    }

    /** See {@link Kind#CONFIRMED}. */
    public void confirmed(String client, String from, String id, long seq) {
        add(client, Kind.CONFIRMED, from, id, seq, 0, "");
    }

    /** See {@link Kind#SEEN}. */
    public void seen(String client, String from, String id) {
        add(client, Kind.SEEN, from, id, 0, 0, "");
    }

    /** See {@link Kind#DELIVERED} and {@link Kind#DISPLAYED}. */
    public void receipt(String client, Kind kind, String from, String id, long seq) {
        add(client, kind, from, id, seq, 0, "");
    }

    /** See {@link Kind#GAP}. */
    public void gap(String client, long seq) {
        add(client, Kind.GAP, "", "", seq, 0, "");
    }

    /** See {@link Kind#LOGGED}; the entry is told in the order of the log. */
    public void logged(String reader, String from, String id, long storedAt, String status) {
        add(reader, Kind.LOGGED, from, id, 0, storedAt, status);
    }

    /** See {@link Kind#AMENDING}. */
    public void amending(String client, String to, String about, String change) {
        add(client, Kind.AMENDING, to, about, 0, 0, change);
    }

    /** See {@link Kind#AMENDED}. */
    public void amended(String client, String to, String about, long storedAt, String change) {
        add(client, Kind.AMENDED, to, about, 0, storedAt, change);
    }

    /** See {@link Kind#CHANGED}. */
    public void changed(String client, String from, String about, long seq, long loggedAt, String change) {
        add(client, Kind.CHANGED, from, about, seq, loggedAt, change);
    }

    /** See {@link Kind#STATE}. */
    public void state(String clientOrUser, String from, String about, String state) {
        add(clientOrUser, Kind.STATE, from, about, 0, 0, state);
    }

    /** See {@link Kind#ATTACHED}. */
    public void attached(String client, String to, String id, String file) {
        add(client, Kind.ATTACHED, to, id, 0, 0, file);
    }

    /** See {@link Kind#OUTDONE}. */
    public void outdone(String client, String to, String id) {
        add(client, Kind.OUTDONE, to, id, 0, 0, "");
    }

    /** See {@link Kind#RIVAL}. */
    public void rival(String client, String id, boolean accepted) {
        add(client, Kind.RIVAL, "", id, 0, 0, accepted ? FileRule.ACCEPTED : "refused");
    }

    /** See {@link Kind#READ}. */
    public void read(String user, String from, String id, long begunAt, String file) {
        add(user, Kind.READ, from, id, 0, begunAt, file);
    }

    /** See {@link Kind#BROKEN}. */
    public void broken(String what, String how) {
        add(what, Kind.BROKEN, "", "", 0, 0, how);
    }

    /** See {@link Kind#MENDED}. */
    public void mended(String what, String how) {
        add(what, Kind.MENDED, "", "", 0, 0, how);
    }

    /** See {@link Kind#LOST_DATA}. */
    public void lostData(String what, long endedAt) {
        add(what, Kind.LOST_DATA, "", "", 0, endedAt, "");
    }

    /** See {@link Kind#EXITED}. */
    public void exited(String what, int code, long millis) {
        add(what, Kind.EXITED, "", "", code, millis, "");
    }
}
