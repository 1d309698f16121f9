package io.webchat.core;

import io.webchat.core.calllog.Page;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.ids.ConversationId;
import io.webchat.core.ids.DeviceId;
import io.webchat.core.ids.MessageId;
import io.webchat.core.ids.UserId;
import io.webchat.core.rooms.HostRooms;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The access of the application around a chat. It acts with authority: no rate limits, no blocks and no memberships
 * hold for it, and no directory of users is asked. So pass nothing on from a client without checking it. {@link
 * Chat#send} and {@link Chat#rooms} are for what a user does.
 *
 * <p>Every stage may fail with {@code unavailable}; then repeating the call is safe. Safe for use by several threads.
 */
public interface ChatHost {
    /** The largest number of users in one request, and on one page. */
    int MAX_USERS = 1_000;

    /**
     * Sends a message from any user id, to a user or into a room. The author need not exist, need not be a member of
     * the room, and reaches users who have blocked them. The promises are those of {@link Chat#send}: wait for each
     * answer to keep an order, and repeat an unanswered message with the same id. The author's devices get a copy.
     *
     * <p>In a room the author's own queue keeps a copy, even if the author never connects. It stays within the limits
     * of a queue.
     *
     * @return fails with {@code bad_request} and {@code too_large} for a text that no user may send, with {@code
     *     not_found} for a room that does not exist, with {@code conflict} for another message with this id, and with
     *     {@code unavailable}
     */
    CompletionStage<SendResult> send(ChatEvent.Message message);

    /**
     * Deletes a message of any conversation, as {@link ChatSession#send} does with a deletion. Everyone in the
     * conversation gets the deletion, which says that the application made it. Repeating it is safe.
     *
     * @param author the author of the message
     * @return fails with {@code not_found} for a message that does not exist, with {@code forbidden} if the call log
     *     cannot amend messages, and with {@code unavailable}
     */
    CompletionStage<Void> delete(ConversationId conversation, UserId author, MessageId message);

    /** Returns the rooms, for changes on behalf of nobody. */
    HostRooms rooms();

    /** Ends the sessions of all devices of the user; see {@link #disconnect(UserId, DeviceId)}. */
    CompletionStage<Void> disconnect(UserId user);

    /**
     * Ends the session of this device on whichever node it is, for a logout or a ban. The client gets the notice {@code
     * disconnected} with the code {@code unauthorized}, and is closed so that its library does not come back by itself.
     * Unconfirmed messages stay in the queue. First make the {@link Authenticator} refuse the tokens of the user,
     * because a client may connect again. For a ban make {@link UserDirectory#admits} refuse the user too: a connection
     * whose token was accepted before would open behind the order.
     *
     * @return completes when the order is published; the sessions on all nodes end within a second. A node whose
     *     connection to the router is interrupted at this moment misses the order: repeat it while {@link
     *     #online(Collection)} has the user
     */
    CompletionStage<Void> disconnect(UserId user, DeviceId device);

    /**
     * Erases a user: ends the sessions on all nodes, removes the user from all rooms, deletes the 1:1 conversations for
     * both sides, the queue with its devices and the time when they were seen, the files, the profile, the blocks, the
     * invitations and the marks in rooms. Events of the user that wait in the queues of others are not delivered any
     * more. Repeating it is safe, also after a failure. First make the {@link Authenticator} refuse the user.
     *
     * <p>It leaves: the messages of the user in rooms, which belong to the rooms' histories and name files that are
     * gone; the user's reactions to messages in rooms; the user's name as the one who invited or added others to rooms;
     * files of others in the deleted conversations, which only their owners can open; blocks of others on the user;
     * and, for the dedupe window, the memory by which queues recognise resends. Events wait in queues that it does not
     * find if the user had left the room before, or if the call log is not shared by all nodes.
     *
     * @return fails with {@code forbidden} when a backend cannot remove what it has
     */
    CompletionStage<Void> erase(UserId user);

    /**
     * Exports everything about a user: one JSON object for each line, whose field {@code kind} is {@code user}, {@code
     * profile}, {@code block}, {@code additionPolicy}, {@code consent}, {@code attachment}, {@code room}, {@code
     * conversation}, {@code message}, {@code lastSeen} or {@code queued}. Messages are those that the user can see in
     * the call log, those of others included. {@code lastSeen} has the time {@code at} which a device of the user was
     * seen last, in Unix milliseconds. A {@code conversation} has the positions {@code deliveredUpTo} and {@code
     * displayedUpTo} of the last messages that the user has received and seen. Left out are the ids of the user's
     * devices, and reactions and marks in rooms that the user has left.
     *
     * @param consumer takes one line, without a line break. The next line comes when the returned stage completes. It
     *     is called on threads of the backends, one call at a time, so it must not block
     * @return completes when all lines are taken; fails with the failure of the consumer or of a backend
     */
    CompletionStage<Void> export(UserId user, Function<String, ? extends CompletionStage<?>> consumer);

    /**
     * Lists the users who have a session on this node, ordered by their ids. Other nodes have lists of their own.
     *
     * @param cursor {@link Page#next} of the previous page; an empty string for the first page
     * @param limit the largest number of users, 1 to {@link #MAX_USERS}
     * @return one page; fails with {@code bad_request} for a limit out of range or an invalid cursor
     */
    CompletionStage<Page<UserId>> online(String cursor, int limit);

    /**
     * Returns those of these users who have a session on any node, whomever they have blocked; see {@link
     * Presence#online}.
     *
     * @return the users in no particular order; fails with {@code bad_request} for more than {@link #MAX_USERS}
     */
    CompletionStage<Set<UserId>> online(Collection<UserId> users);
}
