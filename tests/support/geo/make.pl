#!/usr/bin/perl
# Writes asn.mmdb, country.mmdb and lite.mmdb with MaxMind's own writer (Debian: libmaxmind-db-writer-perl). Run once; the files are kept, so that tests need no Perl.
use strict;
use warnings;
use MaxMind::DB::Writer::Tree;

my %types = (
    autonomous_system_number => 'uint32', autonomous_system_organization => 'utf8_string', country => 'map', registered_country => 'map', iso_code => 'utf8_string',
    names => 'map', en => 'utf8_string', asn => 'utf8_string', as_name => 'utf8_string', country_code => 'utf8_string', city => 'map',
);
sub tree {
    my ($type) = @_;
    return MaxMind::DB::Writer::Tree->new(ip_version => 6, record_size => 24, database_type => $type, languages => ['en'], description => { en => "Weir test: $type" },
        alias_ipv6_to_ipv4 => 1, remove_reserved_networks => 0, map_key_type_callback => sub { $types{ $_[0] } });
}
sub finish {
    my ($tree, $name) = @_;
    open my $out, '>:raw', $name or die;
    $tree->write_tree($out);
}
my $asn = tree('GeoLite2-ASN');
$asn->insert_network('44.128.90.0/23', { autonomous_system_number => 64496, autonomous_system_organization => 'Example Scanning' });
$asn->insert_network('44.128.92.0/24', { autonomous_system_number => 64497, autonomous_system_organization => 'Example Hosting' });
$asn->insert_network('2620::/16', { autonomous_system_number => 64498, autonomous_system_organization => 'Example Six' });
finish($asn, 'asn.mmdb');
my $country = tree('GeoLite2-Country');
$country->insert_network('44.128.90.0/24', { country => { iso_code => 'DE', names => { en => 'Germany' } } });
$country->insert_network('44.128.92.0/24', { registered_country => { iso_code => 'FR' } });
$country->insert_network('2620::/16', { country => { iso_code => 'SE' } });
finish($country, 'country.mmdb');
my $lite = tree('ipinfo lite');
$lite->insert_network('44.128.94.0/24', { asn => 'AS64499', as_name => 'Example Lite', country_code => 'CH' });
finish($lite, 'lite.mmdb');
my $city = tree('Anonymous');
$city->insert_network('44.128.94.0/24', { city => { names => { en => 'Nowhere' } } });
finish($city, 'other.mmdb');
