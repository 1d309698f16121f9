package io.webchat.redis.internal.client.cluster;

import static io.webchat.redis.internal.client.cluster.Redirect.Kind.ASK;
import static io.webchat.redis.internal.client.cluster.Redirect.Kind.DOWN;
import static io.webchat.redis.internal.client.cluster.Redirect.Kind.MOVED;
import static io.webchat.redis.internal.client.cluster.Redirect.Kind.RETURNED;
import static io.webchat.redis.internal.client.cluster.Redirect.Kind.TRY_AGAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.redis.internal.client.RedisCommand;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls of one slot stay in order while servers redirect, refuse or drop them. */
class SlotQueueTest {
    private final FakeCluster cluster = new FakeCluster();
    private final FakeCluster.Server a = cluster.server(1);
    private final FakeCluster.Server b = cluster.server(2);

    @Test
    void callsAreSentToTheOwner() {
        cluster.owner = a;
        List<RedisCommand> calls = cluster.submit(3);
        assertThat(a.got).containsExactlyElementsOf(calls);
        cluster.carryOut(a);
        assertThat(cluster.completed).containsExactly(calls.get(0));
        assertThat(cluster.holding).isEmpty();
    }

    @Test
    void movedCallsAreResentInOrderBeforeLaterCalls() {
        cluster.owner = a;
        List<RedisCommand> sent = cluster.submit(3);
        cluster.refuse(a, MOVED, b);
        List<RedisCommand> later = cluster.submit(2);
        cluster.refuse(a, MOVED, b);
        assertThat(b.got).as("while calls are under way to the old owner").isEmpty();
        cluster.refuse(a, MOVED, b);
        assertThat(b.got).as("the first goes alone").containsExactly(sent.get(0));
        cluster.carryOut(b);
        assertThat(b.got).containsExactly(sent.get(1), sent.get(2), later.get(0), later.get(1));
        assertThat(cluster.holding).isEmpty();
    }

    @Test
    void callsThatWereAnsweredAskAreSentOneByOne() {
        cluster.owner = a;
        List<RedisCommand> calls = cluster.submit(2);
        cluster.refuse(a, ASK, b);
        cluster.refuse(a, ASK, b);
        for (RedisCommand each : calls) {
            assertThat(a.got).as("first to the owner").containsExactly(each);
            assertThat(each.asking()).isFalse();
            cluster.refuse(a, ASK, b);
            assertThat(b.got).containsExactly(each);
            assertThat(each.asking()).isTrue();
            assertThat(a.got).isEmpty();
            cluster.carryOut(b);
        }
        assertThat(cluster.completed).containsExactlyElementsOf(calls);
        assertThat(cluster.holding).isEmpty();
    }

    @Test
    void callsFlowAgainOnceTheOwnerHasExecutedOne() {
        cluster.owner = a;
        List<RedisCommand> calls = cluster.submit(4);
        cluster.refuse(a, ASK, b);
        cluster.carryOut(a);
        cluster.carryOut(a);
        cluster.carryOut(a);
        assertThat(a.got).containsExactly(calls.get(0));
        cluster.refuse(a, ASK, b);
        List<RedisCommand> later = cluster.submit(3);
        cluster.carryOut(b);
        assertThat(a.got).containsExactly(later.get(0));
        cluster.carryOut(a);
        assertThat(a.got).containsExactly(later.get(1), later.get(2));
    }

    @Test
    void tryAgainIsFollowedByAPause() {
        cluster.owner = a;
        RedisCommand call = cluster.submit(1).get(0);
        cluster.refuse(a, TRY_AGAIN, null);
        cluster.queue.checkHeld();
        assertThat(a.got).isEmpty();
        cluster.pass();
        assertThat(a.got).containsExactly(call);
    }

    @Test
    void pausesGrowUpToALimit() {
        cluster.owner = a;
        cluster.submit(1);
        for (int i = 0; i < 20; i++) {
            cluster.refuse(a, DOWN, null);
            long before = cluster.now;
            while (a.got.isEmpty()) {
                cluster.now += Duration.ofMillis(1).toNanos();
                cluster.queue.checkHeld();
            }
            assertThat(Duration.ofNanos(cluster.now - before)).isBetween(Duration.ofMillis(5), Duration.ofMillis(400));
        }
    }

    @Test
    void aPauseFollowsIfTwoServersRedirectToEachOther() {
        cluster.owner = a;
        cluster.submit(1);
        int sent = 0;
        while (!(a.got.isEmpty() && b.got.isEmpty())) {
            boolean atA = b.got.isEmpty();
            cluster.refuse(atA ? a : b, MOVED, atA ? b : a);
            sent++;
        }
        assertThat(sent).isBetween(3, 10);
        cluster.pass();
        assertThat(a.got.size() + b.got.size()).isOne();
    }

    @Test
    void callsWaitForAnOwner() {
        List<RedisCommand> calls = cluster.submit(2);
        cluster.pass();
        assertThat(cluster.holding).containsExactly(cluster.queue);
        cluster.owner = b;
        cluster.pass();
        cluster.carryOut(b);
        assertThat(b.got).containsExactly(calls.get(1));
    }

    @Test
    void laterCallsWaitForCallsAtThePreviousOwner() {
        cluster.owner = a;
        RedisCommand first = cluster.submit(1).get(0);
        cluster.owner = b;
        RedisCommand second = cluster.submit(1).get(0);
        assertThat(b.got).isEmpty();
        cluster.refuse(a, MOVED, b);
        assertThat(b.got).containsExactly(first);
        cluster.carryOut(b);
        assertThat(b.got).containsExactly(second);
    }

    @Test
    void callsReturnedByADroppedServerComeBeforeRefusedCalls() {
        cluster.owner = a;
        List<RedisCommand> taken = cluster.submit(2);
        a.gone = true;
        RedisCommand refused = cluster.submit(1).get(0);
        cluster.owner = b;
        cluster.refuse(a, RETURNED, null);
        cluster.refuse(a, RETURNED, null);
        cluster.carryOut(b);
        assertThat(b.got).containsExactly(taken.get(1), refused);
    }

    @Test
    void heldCallsFailAfterTheirTimeout() {
        cluster.owner = a;
        cluster.submit(1);
        cluster.refuse(a, TRY_AGAIN, null);
        RedisCommand late = cluster.submit(Duration.ZERO);
        cluster.queue.checkHeld();
        assertThat(cluster.failed).containsExactly(late);
        cluster.pass();
        cluster.carryOut(a);
        assertThat(cluster.holding).isEmpty();
    }

    @Test
    void theNextCallIsSentAfterAFailedProbe() {
        cluster.owner = a;
        List<RedisCommand> calls = cluster.submit(2);
        cluster.refuse(a, MOVED, b);
        cluster.refuse(a, MOVED, b);
        cluster.queue.failed(b.got.remove(), new ChatException(ErrorCode.UNAVAILABLE, "too late"));
        assertThat(b.got).containsExactly(calls.get(1));
    }

    @Test
    void afterClosingNoCallIsHeld() {
        RedisCommand before = cluster.submit(1).get(0);
        cluster.closed = true;
        cluster.queue.close();
        assertThat(cluster.failed).containsExactly(before);
        RedisCommand after = cluster.submit(1).get(0);
        assertThat(cluster.failed).containsExactly(before, after);
        cluster.owner = a;
        cluster.pass();
        assertThat(a.got).isEmpty();
    }

    @Test
    void callsReturnedAfterClosingFail() {
        cluster.owner = a;
        RedisCommand call = cluster.submit(1).get(0);
        cluster.closed = true;
        a.gone = true;
        cluster.refuse(a, RETURNED, null);
        assertThat(cluster.failed).containsExactly(call);
    }
}
