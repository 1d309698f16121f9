package io.webchat.examples.server.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Breaks of G11 are found, and what the guarantees leave out is none. */
class ReceiptRuleTest extends HandMadeHistory {
    @Test
    void G11_aReceiptBeforeItsCause() {
        connect("ann", "bob");
        long storedAt = accept("m-1");
        recorder.receipt("ann", Kind.DELIVERED, "bob", "m-1", 3);
        deliver("bob", "m-1", 7, storedAt);
        log("m-1", storedAt);

        assertThat(broken()).contains("G11");
    }

    @Test
    void G11_aDisplayReceiptThatNobodyGave() {
        connect("ann", "bob");
        good("m-1", 7);
        recorder.receipt("ann", Kind.DISPLAYED, "bob", "m-1", ++receipts);

        assertThat(broken()).containsExactly("G11");
    }

    @Test
    void G11_aDeliveryReceiptBehindADisplayReceipt() {
        connect("ann", "bob");
        long storedAt = accept("m-1");
        display("m-1", 7, storedAt);
        recorder.receipt("ann", Kind.DISPLAYED, "bob", "m-1", ++receipts);
        recorder.receipt("ann", Kind.DELIVERED, "bob", "m-1", ++receipts);
        log("m-1", storedAt);

        assertThat(broken()).containsExactly("G11");
    }

    @Test
    void G11_whatIsNewToRedisAfterALossHasReceiptsOfItsOwn() {
        connect("ann", "bob");
        recorder.sent("ann", "bob", "m-1", "text of m-1");
        long first = millis();
        display("m-1", 7, first);
        lostData();
        receiptsOfADisplay("m-1");
        recorder.refused("ann", "bob", "m-1", "unavailable");
        long second = accept("m-1");
        deliver("bob", "m-1", 9, second);
        log("m-1", first);
        log("m-1", second);

        assertThat(broken()).isEmpty();
    }

    @Test
    void G11_whatWasAcknowledgedBeforeALossHasNoSecondReceipts() {
        connect("ann", "bob");
        long storedAt = accept("m-1");
        display("m-1", 7, storedAt);
        lostData();
        receiptsOfADisplay("m-1");
        deliver("bob", "m-1", 9, storedAt);
        log("m-1", storedAt);

        assertThat(broken()).contains("G11");
    }

    @Test
    void G11_receiptsComeAgainBehindAGapInTheirOrder() {
        connect("ann", "bob");
        long storedAt = accept("m-1");
        display("m-1", 7, storedAt);
        receiptsOfADisplay("m-1");
        recorder.gap("ann", ++receipts);
        receiptsOfADisplay("m-1");
        log("m-1", storedAt);
        assertThat(broken()).isEmpty();

        recorder.receipt("ann", Kind.DELIVERED, "bob", "m-1", ++receipts);
        assertThat(broken()).containsExactly("G11");
    }

    private void display(String id, long seq, long storedAt) {
        receive("bob", id, seq, storedAt);
        recorder.confirmed("bob", "ann", id, seq);
        recorder.seen("bob", "ann", id);
    }

    private void receiptsOfADisplay(String id) {
        recorder.receipt("ann", Kind.DELIVERED, "bob", id, ++receipts);
        recorder.receipt("ann", Kind.DISPLAYED, "bob", id, ++receipts);
    }

    @Test
    void G11_aReceiptThatIsLost() {
        connect("ann", "bob");
        goodWithoutReceipt("m-1", 7);

        assertThat(broken()).containsExactly("G11");
        recorder.gap("ann", 3);
        assertThat(broken()).isEmpty();
    }

    @Test
    void G11_aReceiptThatRedisLostIsMissedByAnAuthorWhoHadOneBefore() {
        connect("ann", "bob");
        goodWithoutReceipt("m-1", 7);
        lostData();
        assertThat(broken()).isEmpty();

        good("m-2", 8);
        goodWithoutReceipt("m-3", 9);
        lostData();

        assertThat(broken()).containsExactly("G11");
        recorder.gap("ann", 30);
        assertThat(broken()).isEmpty();
    }

    @Test
    void G11_aMarkThatIsLost() {
        connect("ann", "bob");
        long storedAt = accept("m-1");
        deliver("bob", "m-1", 7, storedAt);
        recorder.logged("bob", "ann", "m-1", storedAt, "sent");

        assertThat(broken()).containsExactly("G11");
    }
}
