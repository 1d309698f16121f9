package io.webchat.socketio.internal.http.access;

/**
 * The rules about the sender and the target of a request.
 *
 * @param hosts the host names for which the server answers
 * @param origins the web pages that may send requests
 * @param proxies the proxies that tell the client's address
 * @param basePath the path under which the server answers
 */
public record AccessPolicy(HostPolicy hosts, OriginPolicy origins, TrustedProxies proxies, BasePath basePath) {}
