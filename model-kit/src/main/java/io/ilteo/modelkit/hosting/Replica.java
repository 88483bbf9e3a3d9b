package io.ilteo.modelkit.hosting;

/**
 * This process, as others see it.
 *
 * @param address host and port of its gRPC server
 * @param codeVersion version of the code that trains
 */
public record Replica(String address, String codeVersion) {}
