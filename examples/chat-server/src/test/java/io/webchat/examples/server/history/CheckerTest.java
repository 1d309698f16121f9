package io.webchat.examples.server.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Histories made by hand: a good one passes, and each way to break a promise is found. */
class CheckerTest extends HandMadeHistory {
    @Test
    void aGoodHistoryBreaksNothing() {
        connect("ann", "bob");
        long storedAt = accept("m-1");
        receive("bob", "m-1", 7, storedAt);
        connect("bob");
        receive("bob", "m-1", 7, storedAt);
        confirm("bob", "m-1", 7);
        recorder.seen("bob", "ann", "m-1");
        recorder.receipt("ann", Kind.DISPLAYED, "bob", "m-1", ++receipts);
        recorder.sent("ann", "bob", "m-1", "text of m-1");
        recorder.acked("ann", "bob", "m-1", storedAt);
        recorder.sent("ann", "bob", "m-2", "text of m-2");
        recorder.refused("ann", "bob", "m-2", "unavailable");
        long second = accept("m-2");
        deliver("bob", "m-2", 8, second);
        recorder.exited(NODE, 143, 900);
        log("m-1", storedAt);
        log("m-2", second);

        assertThat(broken()).isEmpty();
    }

    @Test
    void G1_anAcknowledgedMessageThatNeverCame() {
        connect("ann", "bob");
        log("m-1", accept("m-1"));

        assertThat(broken()).containsExactly("G1");
    }

    @Test
    void G1_anAcknowledgedMessageThatIsNotLogged() {
        connect("ann", "bob");
        deliver("bob", "m-1", 7, accept("m-1"));

        assertThat(broken()).containsExactly("G1");
    }

    @Test
    void G8_anAcknowledgedMessageThatRedisLost() {
        connect("ann", "bob");
        log("m-1", accept("m-1"));
        lostData();

        assertThat(broken()).containsExactly("G8");
    }

    @Test
    void G1_aMessageThatWasUnderWayWhenRedisWasLostAndIsInTheHistoryOnly() {
        connect("ann", "bob");
        recorder.sent("ann", "bob", "m-1", "text of m-1");
        lostData();
        recorder.acked("ann", "bob", "m-1", millis());
        log("m-1", millis());

        assertThat(broken()).containsExactly("G1");
    }

    @Test
    void G8_aDeviceThatIsNotToldOfALoss() {
        connect("ann", "bob");
        good("m-1", now.get());
        lostData();
        long storedAt = accept("m-2");
        long seq = now.get();
        deliver("bob", "m-2", seq, storedAt);
        log("m-2", storedAt);
        recorder.gap("bob", seq + 1);

        assertThat(broken()).as("a gap that comes too late").containsExactly("G8");
    }

    @Test
    void G8_aDeviceThatIsToldOfALoss() {
        connect("ann", "bob");
        good("m-1", now.get());
        lostData();
        recorder.gap("bob", now.get());
        good("m-2", now.get() + 1);

        assertThat(broken()).isEmpty();
    }

    @Test
    void G8_aDeviceThatHadNothingBeforeALossIsToldNothing() {
        connect("ann", "bob");
        lostData();
        good("m-1", now.get());

        assertThat(broken()).isEmpty();
    }

    @Test
    void G8_aSeqThatWentBackAfterALoss() {
        connect("ann", "bob");
        good("m-1", 7);
        lostData();
        connect("bob");
        good("m-2", 3);

        assertThat(broken()).containsExactly("G8");
    }

    @Test
    void G10_aDeviceThatMissesWhatAnotherHasAndIsToldNothing() {
        connect("ann", "bob", "bob/tablet");
        good("m-1", 7);

        assertThat(broken()).containsExactly("G10");
        recorder.gap("bob/tablet", 7);
        assertThat(broken()).isEmpty();
    }

    @Test
    void G2_aResendThatIsAnsweredAsAnotherMessage() {
        connect("ann", "bob");
        good("m-1", 7);
        after(5);
        recorder.acked("ann", "bob", "m-1", millis());

        assertThat(broken()).containsExactly("G2");
    }

    @Test
    void G2_aResendThatMakesASecondMessageInTheQueue() {
        connect("ann", "bob");
        long storedAt = accept("m-1");
        deliver("bob", "m-1", 7, storedAt);
        deliver("bob", "m-1", 8, storedAt);
        log("m-1", storedAt);

        assertThat(broken()).containsExactly("G2");
    }

    @Test
    void G2_aResendThatMakesASecondMessageInTheLog() {
        connect("ann", "bob");
        good("m-1", 7);
        log("m-1", recorder.history().of(Kind.ACKED).findFirst().orElseThrow().storedAt());

        assertThat(broken()).containsExactly("G2");
    }

    @Test
    void G2_aResendAfterALossMayBeASecondMessage() {
        connect("ann", "bob");
        long first = accept("m-1");
        deliver("bob", "m-1", 7, first);
        lostData();
        long second = accept("m-1");
        deliver("bob", "m-1", 9, second);
        log("m-1", first);
        log("m-1", second);

        assertThat(broken()).isEmpty();
    }

    @Test
    void G3_whatWasUnderWayInALossComesBehindWhatWasAcknowledgedBefore() {
        connect("ann", "bob");
        recorder.sent("ann", "bob", "m-1", "text of m-1");
        long second = accept("m-2");
        lostData();
        deliver("bob", "m-2", 7, second);
        long first = accept("m-1");
        deliver("bob", "m-1", 8, first);
        log("m-2", second);
        log("m-1", first);

        assertThat(broken()).isEmpty();
    }

    @Test
    void G3_whatWasAcknowledgedBeforeALossKeepsItsOrder() {
        connect("ann", "bob");
        long first = accept("m-1");
        long second = accept("m-2");
        lostData();
        deliverBackwards(first, second);
        log("m-1", first);
        log("m-2", second);

        assertThat(broken()).containsExactly("G3");
    }

    @Test
    void G3_aMessageThatFailsIsBehindThoseThatDidNotWaitForIt() {
        connect("ann", "bob");
        recorder.sent("ann", "bob", "m-1", "text of m-1");
        long second = accept("m-2");
        recorder.refused("ann", "bob", "m-1", "unavailable");
        long first = accept("m-1");
        deliverBackwards(first, second);
        log("m-2", second);
        log("m-1", first);

        assertThat(broken()).isEmpty();
    }

    private void deliverBackwards(long first, long second) {
        deliver("bob", "m-2", 7, second);
        deliver("bob", "m-1", 8, first);
    }

    @Test
    void G3_messagesInAnotherOrderThanTheySent() {
        connect("ann", "bob");
        long first = accept("m-1");
        long second = accept("m-2");
        deliverBackwards(first, second);
        log("m-1", first);
        log("m-2", second);

        assertThat(broken()).containsExactly("G3");
    }

    @Test
    void G3_aSeqThatDoesNotGrow() {
        connect("ann", "bob");
        good("m-1", 7);
        good("m-2", 7);

        assertThat(broken()).containsExactly("G3");
    }

    @Test
    void G4_aTextThatNobodySent() {
        connect("ann", "bob");
        long storedAt = accept("m-1");
        recorder.received("bob", "ann", "m-1", 7, storedAt, "another text");
        confirm("bob", "m-1", 7);
        log("m-1", storedAt);

        assertThat(broken()).containsExactly("G4");
    }

    @Test
    void G5_aMessageThatComesLongAfterEverythingWorks() {
        connect("ann", "bob");
        recorder.broken("redis", "cut");
        long storedAt = accept("m-1");
        after(60_000);
        recorder.mended("redis", "cut");
        after(29_000);
        deliver("bob", "m-1", 7, storedAt);
        log("m-1", storedAt);
        assertThat(broken()).isEmpty();

        long late = accept("m-2");
        after(31_000);
        deliver("bob", "m-2", 8, late);
        log("m-2", late);
        assertThat(broken()).containsExactly("G5");
    }

    @Test
    void G6_aMessageThatWasNotConfirmedAndIsGone() {
        connect("ann", "bob");
        long storedAt = accept("m-1");
        receive("bob", "m-1", 7, storedAt);
        connect("bob");
        log("m-1", storedAt);

        assertThat(broken()).containsExactly("G6");
    }

    @Test
    void G9_aRefusalThatNoResendCures() {
        connect("ann", "bob");
        recorder.sent("ann", "bob", "m-1", "text of m-1");
        recorder.refused("ann", "bob", "m-1", "internal");
        good("m-1", 7);

        assertThat(broken()).containsExactly("G9");
    }

    @Test
    void G9_aMessageThatIsNeverAccepted() {
        connect("ann", "bob");
        recorder.sent("ann", "bob", "m-1", "text of m-1");
        recorder.refused("ann", "bob", "m-1", "unavailable");

        assertThat(broken()).containsExactly("G9");
    }

    @Test
    void G9_aNodeThatAnswersNothingThoughItRuns() {
        connect("ann", "bob");
        recorder.broken(NODE, RefusalRule.STOPPED);
        recorder.mended(NODE, RefusalRule.STOPPED);
        recorder.sent("ann", "bob", "m-1", "text of m-1");
        recorder.unanswered("ann", "bob", "m-1", NODE);
        good("m-1", 7);

        assertThat(broken()).containsExactly("G9");
    }

    @Test
    void G9_aNodeThatIsStoppedAnswersNothing() {
        connect("ann", "bob");
        recorder.broken(NODE, RefusalRule.STOPPED);
        recorder.sent("ann", "bob", "m-1", "text of m-1");
        recorder.mended(NODE, RefusalRule.STOPPED);
        recorder.unanswered("ann", "bob", "m-1", NODE);
        good("m-1", 7);

        assertThat(broken()).isEmpty();
    }

    @Test
    void G14_aNodeThatDoesNotEndInOrderOrInTime() {
        recorder.exited(NODE, 137, 900);
        assertThat(broken()).containsExactly("G14");
    }

    @Test
    void G14_aNodeThatTakesTooLongToEnd() {
        recorder.exited(NODE, 143, 16_000);
        assertThat(broken()).containsExactly("G14");
    }

    @Test
    void G15_aMessageThatWasStoredByAnotherClock() {
        connect("ann", "bob");
        recorder.sent("ann", "bob", "m-1", "text of m-1");
        long storedAt = millis() + 300_000;
        recorder.acked("ann", "bob", "m-1", storedAt);
        deliver("bob", "m-1", 7, storedAt);
        log("m-1", storedAt);

        assertThat(broken()).containsExactly("G15");
    }

    @Test
    void G15_aLogThatIsOutOfOrder() {
        connect("ann", "bob");
        long first = accept("m-1");
        deliver("bob", "m-1", 7, first);
        long second = accept("m-2");
        deliver("bob", "m-2", 8, second);
        log("m-2", second);
        log("m-1", first);

        assertThat(broken()).containsExactly("G15");
    }

    @Test
    void G15_aLogWithAnotherTime() {
        connect("ann", "bob");
        long storedAt = accept("m-1");
        deliver("bob", "m-1", 7, storedAt);
        log("m-1", storedAt + 1);

        assertThat(broken()).containsExactly("G15");
    }

    @Test
    void aViolationShowsTheHistoryOfItsMessage() {
        connect("ann", "bob");
        accept("m-1");

        assertThat(Checker.violations(recorder.history()).toString())
                .contains("never received m-1", "SENT", "ACKED", "peer=bob id=m-1");
    }
}
