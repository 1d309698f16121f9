package io.webchat.socketio.internal.rest;

/** A body has a form that the operation does not take. */
final class UnsupportedMediaTypeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String detail;

    /**
     * Makes the failure.
     *
     * @param detail one sentence for people
     */
    UnsupportedMediaTypeException(String detail) {
        super(detail, null, false, false);
        this.detail = detail;
    }

    String detail() {
        return detail;
    }
}
