package io.webchat.redis.internal.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.Membership;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomMember;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.spi.rooms.RoomSnapshot;
import io.webchat.redis.internal.client.CommandClient;
import io.webchat.redis.internal.client.RedisKeys;
import io.webchat.redis.testing.RedisEndpoint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rooms under keys that no other test has, and a look at them that changes nothing. */
final class RoomView {
    static final UserId ALICE = UserId.of("alice");
    static final UserId BOB = UserId.of("bob");
    static final UserId CAROL = UserId.of("carol");
    static final UserId DAVE = UserId.of("dave");
    static final List<UserId> USERS = List.of(ALICE, BOB, CAROL, DAVE);

    final RedisKeys keys = new RedisKeys("t" + UUID.randomUUID());
    final RoomScripts scripts = new RoomScripts(keys);
    private final RedisEndpoint server;
    private final RoomQueries reader;

    RoomView(RedisEndpoint server, ImmediateCommands commands) {
        this.server = server;
        reader = reader(commands, Duration.ofDays(1), 0);
    }

    RoomChanges changes(CommandClient commands) {
        return new RoomChanges(commands, scripts);
    }

    RoomQueries reader(CommandClient commands, Duration givenUp, int compared) {
        RoomRepair repair = new RoomRepair(commands, scripts, changes(commands), givenUp, compared);
        return new RoomQueries(commands, scripts, repair);
    }

    static RoomMember owner(UserId user) {
        return new RoomMember(user, RoomRole.OWNER, 1_000);
    }

    static RoomMember member(UserId user) {
        return new RoomMember(user, RoomRole.MEMBER, 2_000);
    }

    /** A closed room. */
    static Room room(RoomId id, RoomMember... members) {
        return new Room(id, "the room " + id, false, 500, List.of(members));
    }

    /** Asserts that each user's list has exactly the rooms that have the user, with the same role and time. */
    void assertListsAgreeWith(List<RoomId> ids, String description) {
        List<Room> rooms = ids.stream()
                .flatMap(id -> reader.load(id).join().map(RoomSnapshot::room).stream())
                .toList();
        for (UserId user : USERS) {
            List<Membership> expected = rooms.stream()
                    .flatMap(room -> room.member(user).stream().map(each -> Membership.of(room, each)))
                    .sorted(Comparator.comparing(each -> each.room().value()))
                    .toList();
            assertThat(reader.roomsOf(user).join())
                    .as("the list of %s, %s", user, description)
                    .isEqualTo(expected);
        }
        assertThat(rooms).as(description).allSatisfy(this::assertOwners);
    }

    private void assertOwners(Room room) {
        long owners = room.members().stream()
                .filter(each -> each.role() == RoomRole.OWNER)
                .count();
        assertThat(owners).isPositive();
        assertThat(fields(room.id())).containsSequence(":owners", Long.toString(owners));
    }

    /** The fields and values of a room's HASH. */
    List<String> fields(RoomId room) {
        return strings(server.command("HGETALL", new String(keys.room(room), StandardCharsets.UTF_8)));
    }

    /** The entries of a user's list, without the names of the rooms. */
    List<String> entries(UserId user) {
        return strings(server.command("HVALS", new String(keys.key(user, ":rooms"), StandardCharsets.UTF_8)));
    }

    /** Asserts that no list has a mark of a change that is under way. */
    void assertNoMarks(String description) {
        for (UserId user : USERS) {
            assertThat(entries(user))
                    .as("the entries of %s, %s", user, description)
                    .allSatisfy(each -> assertThat(each).contains(" "));
        }
    }

    private static List<String> strings(@Nullable Object reply) {
        return ((List<?>) Objects.requireNonNull(reply))
                .stream().map(String::valueOf).toList();
    }
}
