package io.webchat.socketio.internal.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.webchat.core.Chat;
import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.ids.RoomId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.AdditionOutcome;
import io.webchat.core.rooms.AdditionPolicy;
import io.webchat.core.rooms.Membership;
import io.webchat.core.rooms.Room;
import io.webchat.core.rooms.RoomInvitation;
import io.webchat.core.rooms.RoomRole;
import io.webchat.core.rooms.RoomUpdate;
import io.webchat.core.rooms.Rooms;
import io.webchat.socketio.http.HttpResponse;
import io.webchat.socketio.http.JsonBody;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Rooms and their members. */
final class RoomEndpoints {
    private static final String ROOM = "roomId";
    private static final String USER = "userId";
    private static final String JOIN_ROLE = "joinRole";
    private static final String ADDITIONS = "roomAdditions";

    private final Chat chat;

    private RoomEndpoints(Chat chat) {
        this.chat = chat;
    }

    static List<RestEndpoint> of(Chat chat) {
        RoomEndpoints endpoints = new RoomEndpoints(chat);
        String member = "/v1/rooms/{roomId}/members/{userId}";
        return List.of(
                RestEndpoint.post("/v1/rooms", endpoints::create),
                RestEndpoint.get("/v1/rooms", endpoints::list),
                RestEndpoint.get("/v1/rooms/{roomId}", endpoints::find),
                RestEndpoint.patch("/v1/rooms/{roomId}", endpoints::update),
                RestEndpoint.put(member, RestEndpoint.Input.OPTIONAL, endpoints::put),
                RestEndpoint.delete(member, endpoints::remove),
                RestEndpoint.get("/v1/invitations", endpoints::invitations),
                RestEndpoint.get("/v1/settings", endpoints::settings),
                RestEndpoint.put("/v1/settings", RestEndpoint.Input.NEEDED, endpoints::changeSettings));
    }

    private Rooms rooms(RestCall call) {
        return chat.rooms(call.principal());
    }

    private CompletionStage<HttpResponse> create(RestCall call) {
        JsonBody body = call.body();
        body.allowOnly("id", "name", "open", "members");
        RoomId id = RoomId.of(
                body.optionalText("id").orElseGet(() -> UUID.randomUUID().toString()));
        List<UserId> members = body.texts("members").stream().map(UserId::of).toList();
        return rooms(call)
                .create(call.user(), id, body.text("name"), body.flag("open", false), members)
                .thenApply(
                        room -> RestResponses.json(201, json(room)).withHeader("Location", "/v1/rooms/" + room.id()));
    }

    private CompletionStage<HttpResponse> list(RestCall call) {
        return rooms(call)
                .list(call.user())
                .thenApply(all -> CollectionPages.page(all, each -> each.room().value(), call))
                .thenApply(page -> RestResponses.json(200, RestJson.page(page, RoomEndpoints::json)));
    }

    private CompletionStage<HttpResponse> find(RestCall call) {
        return rooms(call)
                .find(call.user(), call.id(ROOM, RoomId::of))
                .thenApply(room -> RestResponses.json(200, json(room)));
    }

    private CompletionStage<HttpResponse> update(RestCall call) {
        JsonBody body = call.body();
        body.allowOnly("name", "picture", "data", JOIN_ROLE);
        RoomUpdate update = new RoomUpdate(
                body.optionalText("name").orElse(null),
                body.optionalText("picture").orElse(null),
                body.data("data").orElse(null),
                body.optionalText(JOIN_ROLE)
                        .map(text -> parse(RoomRole.values(), JOIN_ROLE, text))
                        .orElse(null));
        return rooms(call)
                .update(call.user(), call.id(ROOM, RoomId::of), update)
                .thenApply(room -> RestResponses.json(200, json(room)));
    }

    private CompletionStage<HttpResponse> put(RestCall call) {
        JsonBody body = call.body();
        body.allowOnly("role");
        RoomRole role =
                parse(RoomRole.values(), "role", body.optionalText("role").orElse(text(RoomRole.MEMBER)));
        return rooms(call)
                .put(call.user(), call.id(ROOM, RoomId::of), call.user(USER), role)
                .thenApply(change -> change == AdditionOutcome.INVITED
                        ? RestResponses.json(202, RestJson.object().put("invited", true))
                        : RestResponses.noContent());
    }

    private CompletionStage<HttpResponse> remove(RestCall call) {
        return rooms(call)
                .remove(call.user(), call.id(ROOM, RoomId::of), call.user(USER))
                .thenApply(changed -> RestResponses.noContent());
    }

    private CompletionStage<HttpResponse> invitations(RestCall call) {
        return rooms(call)
                .invitations(call.user())
                .thenApply(all -> CollectionPages.page(all, each -> each.room().value(), call))
                .thenApply(page -> RestResponses.json(200, RestJson.page(page, RoomEndpoints::json)));
    }

    private CompletionStage<HttpResponse> settings(RestCall call) {
        return rooms(call).additionPolicy(call.user()).thenApply(RoomEndpoints::settings);
    }

    private CompletionStage<HttpResponse> changeSettings(RestCall call) {
        JsonBody body = call.body();
        body.allowOnly(ADDITIONS);
        AdditionPolicy policy = parse(AdditionPolicy.values(), ADDITIONS, body.text(ADDITIONS));
        return rooms(call).setAdditionPolicy(call.user(), policy).thenApply(done -> settings(policy));
    }

    private static HttpResponse settings(AdditionPolicy policy) {
        return RestResponses.json(200, RestJson.object().put(ADDITIONS, text(policy)));
    }

    private static <E extends Enum<E>> E parse(E[] values, String name, String text) {
        for (E each : values) {
            if (text(each).equals(text)) {
                return each;
            }
        }
        String known = Arrays.stream(values).map(RoomEndpoints::text).collect(Collectors.joining(" or "));
        throw new ChatException(ErrorCode.BAD_REQUEST, name + " must be " + known);
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode json(Room room) {
        ObjectNode json = RestJson.object()
                .put("id", room.id().value())
                .put("name", room.name())
                .put("picture", room.details().picture())
                .putRawValue("data", new RawValue(room.details().data().toString()))
                .put("joinRole", text(room.details().joinRole()))
                .put("open", room.open())
                .put("createdAt", RestJson.time(room.createdAt()));
        ArrayNode members = json.putArray("members");
        room.members()
                .forEach(each -> members.addObject()
                        .put("userId", each.user().value())
                        .put("role", text(each.role()))
                        .put("joinedAt", RestJson.time(each.joinedAt())));
        return json;
    }

    private static ObjectNode json(Membership membership) {
        return RestJson.object()
                .put("id", membership.room().value())
                .put("name", membership.name())
                .put("picture", membership.picture())
                .put("role", text(membership.role()))
                .put("joinedAt", RestJson.time(membership.joinedAt()));
    }

    private static ObjectNode json(RoomInvitation invitation) {
        return RestJson.object()
                .put("id", invitation.room().value())
                .put("name", invitation.name())
                .put("invitedBy", invitation.by().value())
                .put("invitedAt", RestJson.time(invitation.invitedAt()));
    }
}
