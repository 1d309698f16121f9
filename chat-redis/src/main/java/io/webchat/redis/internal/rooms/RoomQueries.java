package io.webchat.redis.internal.rooms;

import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.Membership;
import io.webchat.core.spi.rooms.RoomSnapshot;
import io.webchat.redis.internal.client.CommandClient;
import io.webchat.redis.internal.client.ReplyText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Reads rooms, and the lists of users' rooms. It asks the room about each entry that is marked as changing. */
public final class RoomQueries {
    private final CommandClient commands;
    private final RoomScripts scripts;
    private final RoomRepair repair;

    /** Reads through this client. */
    public RoomQueries(CommandClient commands, RoomScripts scripts, RoomRepair repair) {
        this.commands = commands;
        this.scripts = scripts;
        this.repair = repair;
    }

    /** The room and its notes; empty if there is none. */
    public CompletableFuture<Optional<RoomSnapshot>> load(RoomId id) {
        return commands.send(scripts.load(id)).thenApply(reply -> {
            Optional<RoomSnapshot> room = RoomRecord.parse(id, (List<?>) reply);
            room.map(RoomSnapshot::room).ifPresent(repair::compare);
            return room;
        });
    }

    /** The user's rooms, ordered by id. */
    public CompletableFuture<List<Membership>> roomsOf(UserId user) {
        return commands.send(scripts.list(user)).thenCompose(reply -> {
            List<?> list = (List<?>) reply;
            List<Membership> settled = new ArrayList<>();
            Map<RoomId, Long> marks = new HashMap<>();
            for (int i = 0; i < list.size(); i += 2) {
                RoomId room = RoomId.of(ReplyText.of(list.get(i)));
                String entry = ReplyText.of(list.get(i + 1));
                if (MemberRecord.isMark(entry)) {
                    marks.put(room, MemberRecord.ticket(entry));
                } else {
                    settled.add(MemberRecord.listed(user, room, entry));
                }
            }
            repair.compare(user, settled);
            repair.endGivenUp(user, marks);
            return asked(user, marks.keySet()).thenApply(found -> merged(settled, found));
        });
    }

    /** The rooms tell whether the user is a member. */
    private CompletableFuture<List<Optional<Membership>>> asked(UserId user, Set<RoomId> rooms) {
        return RoomChanges.all(rooms.stream()
                .map(room -> commands.send(scripts.member(room, user))
                        .thenApply(reply -> MemberRecord.inRoom(user, room, (List<?>) reply)))
                .toList());
    }

    private static List<Membership> merged(List<Membership> settled, List<Optional<Membership>> changing) {
        List<Membership> all = new ArrayList<>(settled);
        changing.forEach(each -> each.ifPresent(all::add));
        all.sort(Comparator.comparing(each -> each.room().value()));
        return List.copyOf(all);
    }
}
