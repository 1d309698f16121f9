package io.webchat.redis.internal.rooms;

import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.Membership;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomMember;
import io.webchat.redis.internal.client.CommandClient;
import io.webchat.redis.internal.client.ReplyText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes rooms and users' lists agree again, in the background of reads. A node that died leaves a mark in a list. A
 * master that died may have lost its last writes, while the master of the other slot has them.
 */
public final class RoomRepair {
    private static final Logger log = LoggerFactory.getLogger(RoomRepair.class);

    /** A change that takes longer was probably given up. If it was not, it only has to begin anew. */
    private static final Duration GIVEN_UP = Duration.ofSeconds(10);
    /** The number of entries that each read compares. So a read costs little, and frequent readers find each fault. */
    private static final int COMPARED = 2;

    private final CommandClient commands;
    private final RoomScripts scripts;
    private final RoomChanges changes;
    private final long givenUpMicros;
    private final int compared;

    /** Repairs with these changes. */
    public RoomRepair(CommandClient commands, RoomScripts scripts, RoomChanges changes) {
        this(commands, scripts, changes, GIVEN_UP, COMPARED);
    }

    /** With another age of marks, and another number of entries to compare. */
    RoomRepair(CommandClient commands, RoomScripts scripts, RoomChanges changes, Duration givenUp, int compared) {
        this.commands = commands;
        this.scripts = scripts;
        this.changes = changes;
        this.givenUpMicros = givenUp.toMillis() * 1000;
        this.compared = compared;
    }

    /** Ends the old ones of these changes: rooms and tickets. */
    void endGivenUp(UserId user, Map<RoomId, Long> marks) {
        if (!marks.isEmpty()) {
            CompletableFuture<?> ended = commands.send(scripts.time(user)).thenCompose(reply -> {
                long old = micros((List<?>) reply) - givenUpMicros;
                return RoomChanges.all(marks.entrySet().stream()
                        .filter(each -> each.getValue() <= old)
                        .map(each -> changes.resolve(each.getKey(), user, each.getValue()))
                        .toList());
            });
            report(ended, user);
        }
    }

    private static long micros(List<?> secondsAndMicros) {
        return Long.parseLong(ReplyText.of(secondsAndMicros.get(0))) * 1_000_000
                + Long.parseLong(ReplyText.of(secondsAndMicros.get(1)));
    }

    /** Compares some entries of the user's list with their rooms. */
    void compare(UserId user, List<Membership> settled) {
        some(settled).forEach(each -> {
            CompletableFuture<?> compared = commands.send(scripts.member(each.room(), user))
                    .thenCompose(reply -> MemberRecord.inRoom(user, each.room(), (List<?>) reply)
                                    .equals(Optional.of(each))
                            ? CompletableFuture.completedFuture(null)
                            : changes.refresh(each.room(), user));
            report(compared, user);
        });
    }

    /** Compares some members of the room with their lists. */
    void compare(Room room) {
        some(room.members()).forEach(each -> {
            CompletableFuture<?> compared = commands.send(scripts.entry(each.user(), room.id()))
                    .thenCompose(reply -> agrees(((List<?>) reply).get(0), room, each)
                            ? CompletableFuture.completedFuture(null)
                            : changes.refresh(room.id(), each.user()));
            report(compared, each.user());
        });
    }

    private static boolean agrees(Object entry, Room room, RoomMember member) {
        if (entry == null) {
            return false;
        }
        String text = ReplyText.of(entry);
        return MemberRecord.isMark(text)
                || MemberRecord.listed(member.user(), room.id(), text).equals(Membership.of(room, member));
    }

    private <T> Stream<T> some(List<T> all) {
        if (all.size() <= compared) {
            return all.stream();
        }
        int start = ThreadLocalRandom.current().nextInt(all.size());
        return Stream.iterate(start, each -> (each + 1) % all.size())
                .limit(compared)
                .map(all::get);
    }

    /** A failure has no consequence: a later read tries again. */
    private static void report(CompletableFuture<?> repair, UserId user) {
        var unused = repair.whenComplete((done, failure) -> {
            if (failure != null) {
                log.debug("cannot compare rooms with the list of {}", user, failure);
            }
        });
    }
}
