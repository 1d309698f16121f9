package io.webchat.examples.server.history;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A history that a test makes by hand, a millisecond between any two of its entries, and what is wrong with it. */
abstract class HandMadeHistory {
    private static final long START = 1_800_000_000_000_000L;
    static final String NODE = "node 0";

    final AtomicLong now = new AtomicLong(START);
    final Recorder recorder = new Recorder(() -> now.addAndGet(1_000));

    long receipts = 20;

    final void after(long millis) {
        now.addAndGet(millis * 1_000);
    }

    final long millis() {
        return now.get() / 1_000;
    }

    final List<String> broken() {
        return Checker.violations(recorder.history()).stream()
                .map(Violation::promise)
                .distinct()
                .toList();
    }

    final void connect(String... clients) {
        for (String each : clients) {
            recorder.connected(each, NODE);
        }
    }

    final long accept(String id) {
        recorder.sent("ann", "bob", id, "text of " + id);
        long storedAt = millis();
        recorder.acked("ann", "bob", id, storedAt);
        return storedAt;
    }

    final void receive(String client, String id, long seq, long storedAt) {
        recorder.received(client, "ann", id, seq, storedAt, "text of " + id);
    }

    final void confirm(String client, String id, long seq) {
        recorder.confirmed(client, "ann", id, seq);
        recorder.receipt("ann", Kind.DELIVERED, "bob", id, ++receipts);
    }

    final void deliver(String client, String id, long seq, long storedAt) {
        receive(client, id, seq, storedAt);
        confirm(client, id, seq);
    }

    final void log(String id, long storedAt) {
        recorder.logged("bob", "ann", id, storedAt, "delivered");
    }

    final void lostData() {
        long ended = recorder.now();
        after(100);
        recorder.lostData("redis", ended);
    }

    /** One message that keeps every promise. */
    final void good(String id, long seq) {
        long storedAt = accept(id);
        deliver("bob", id, seq, storedAt);
        log(id, storedAt);
    }

    /** One that keeps every promise but that its author hears of it. */
    final void goodWithoutReceipt(String id, long seq) {
        long storedAt = accept(id);
        receive("bob", id, seq, storedAt);
        recorder.confirmed("bob", "ann", id, seq);
        log(id, storedAt);
    }
}
