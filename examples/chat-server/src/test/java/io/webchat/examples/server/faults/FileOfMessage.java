package io.webchat.examples.server.faults;

/** A file that a message of this author to this reader names. */
record FileOfMessage(String from, String to, String message, String file) {
    /** The path under which this user reads it: its author without the message, so that the store alone decides. */
    String path(String user) {
        String path = "/v1/attachments/" + file;
        return user.equals(from)
                ? path
                : path + "?conversationId=" + CallLogs.conversation(from, to) + "&from=" + from + "&msgId=" + message;
    }
}
