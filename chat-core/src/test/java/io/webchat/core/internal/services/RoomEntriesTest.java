package io.webchat.core.internal.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.internal.services.RoomEntries.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** An entry knows the entries under way that began before, and nothing of it stays behind. */
class RoomEntriesTest {
    private static final UserId ALICE = UserId.of("alice");
    private static final UserId BOB = UserId.of("bob");
    private static final UserId CAROL = UserId.of("carol");
    private static final RoomId DEN = RoomId.of("den");

    private final RoomEntries entries = new RoomEntries();
    private final List<Map<RoomId, UserId>> seenOfBob = new ArrayList<>();

    private void enter(Kind kind, String room, UserId by, List<UserId> users, CompletableFuture<Void> end) {
        CompletableFuture<Void> unused = entries.during(kind, RoomId.of(room), by, users, earlier -> {
            seenOfBob.add(earlier.of(BOB));
            return end;
        });
    }

    @Test
    void anEntrySeesTheEarlierOnesOfItsUsersThatAreUnderWay() {
        CompletableFuture<Void> open = new CompletableFuture<>();
        CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
        enter(Kind.MEMBERSHIP, "a", ALICE, List.of(BOB, CAROL), open);
        enter(Kind.MEMBERSHIP, "b", ALICE, List.of(CAROL), open);
        enter(Kind.INVITATION, "c", ALICE, List.of(BOB), open);
        enter(Kind.MEMBERSHIP, "d", BOB, List.of(BOB, BOB), done);
        enter(Kind.MEMBERSHIP, "e", CAROL, List.of(BOB), done);
        open.complete(null);
        enter(Kind.MEMBERSHIP, "f", CAROL, List.of(BOB), done);

        Map<RoomId, UserId> first = Map.of(RoomId.of("a"), ALICE);
        assertThat(seenOfBob).containsExactly(Map.of(), Map.of(), Map.of(), first, first, Map.of());
        assertThat(entries.isEmpty()).isTrue();
    }

    @Test
    void aStepThatFailsOrThrowsEnds() {
        IllegalStateException broken = new IllegalStateException("broken");
        enter(Kind.MEMBERSHIP, "a", ALICE, List.of(BOB), CompletableFuture.failedFuture(broken));

        assertThat(entries.during(Kind.MEMBERSHIP, DEN, ALICE, List.of(BOB), earlier -> {
                    throw broken;
                }))
                .isCompletedExceptionally();
        assertThat(entries.isEmpty()).isTrue();
    }
}
