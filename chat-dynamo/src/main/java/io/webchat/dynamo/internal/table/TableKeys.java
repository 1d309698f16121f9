package io.webchat.dynamo.internal.table;

import io.webchat.core.ids.UserId;

/**
 * The names of the key attributes, and the keys that several kinds of items share. DynamoDB orders texts by their
 * bytes, and {@code #} is smaller than every character of an id. So the order of keys is the order of their parts.
 *
 * <p>Every kind of item has its own key space:
 *
 * <ul>
 *   <li>{@code U#<user>}: one user's {@code PROFILE}, blocks ({@code B#}), conversation entries ({@code C#}), room
 *       memberships ({@code R#}) and rooms that the user must agree to join ({@code K#})
 *   <li>{@code C#<conversation>}: the messages of one conversation ({@code M#}) and its amendments ({@code A#})
 *   <li>{@code R#<room>}: one room's {@code META} and members ({@code U#})
 *   <li>{@code FORMAT}: the version of all these items ({@link TableFormat})
 * </ul>
 */
public final class TableKeys {
    public static final String PK = "pk";
    public static final String SK = "sk";
    public static final String INDEX = "lookup";
    public static final String INDEX_PK = "gpk";
    public static final String INDEX_SK = "gsk";
    public static final String EXPIRES = "expires";

    private static final String USER = "U#";
    private static final long MAX_TIME = 999_999_999_999_999L;

    /** How many digits {@link #time} has: enough for milliseconds until the year 33658. */
    public static final int TIME_DIGITS = 15;

    private TableKeys() {}

    /** The partition of a user. */
    public static String user(UserId user) {
        return USER + user.value();
    }

    /** The user whose partition this is. */
    public static UserId userOf(String partition) {
        return UserId.of(partition.substring(USER.length()));
    }

    /** A time as digits of a fixed length, so that texts sort by time. */
    public static String time(long millis) {
        return digits(Math.max(0, Math.min(MAX_TIME, millis)), TIME_DIGITS);
    }

    private static String digits(long number, int length) {
        String digits = Long.toString(number);
        return "0".repeat(Math.max(0, length - digits.length())) + digits;
    }
}
