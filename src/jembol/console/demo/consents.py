"""The first version of the words that are put to people, in Indonesian, for each purpose.

UU 27/2022 art. 21 asks for the lawful ground, the purpose, which data, how long they are kept and
the rights of the person; art. 22 for plain words and for each purpose apart.
"""

from typing import Final

from jembol.registry.choices import Purpose

VERSION: Final = 1

TEXTS: Final = {
    Purpose.PROGRAMME: (
        "Saya setuju data saya dicatat dalam daftar program pemberdayaan usaha mikro kota ini.\n"
        "Yang dicatat: nama, alamat, RT/RW, nomor telepon, NIK bila saya memberikannya, usaha saya "
        "bila ada, serta pelatihan dan bantuan yang saya terima.\n"
        "Gunanya: supaya saya dapat diundang, tidak tercatat dua kali, dan hasil program dapat "
        "dihitung dengan jujur.\n"
        "Data saya hanya dibuka oleh petugas yang bertugas di wilayah saya dan disimpan selama "
        "saya ikut program, lalu selama diwajibkan aturan arsip.\n"
        "Saya boleh melihat, membetulkan, atau menarik kembali persetujuan ini kapan saja di "
        "kantor dinas atau lewat petugas. Menolak tidak menghilangkan hak saya atas layanan lain."
    ),
    Purpose.CONTACT: (
        "Saya setuju dihubungi lewat telepon atau WhatsApp di nomor yang saya berikan.\n"
        "Gunanya: pemberitahuan tentang pelatihan, pendampingan, dan bantuan. Nomor saya tidak "
        "diberikan kepada pihak lain.\n"
        "Saya boleh meminta berhenti dihubungi kapan saja, dan tetap terdaftar dalam program."
    ),
    Purpose.PHOTO: (
        "Saya setuju foto saya pada kegiatan program ditampilkan dalam laporan dan media resmi "
        "kota.\n"
        "Foto tidak dijual dan tidak dipakai untuk iklan pihak lain.\n"
        "Saya boleh menarik persetujuan ini kapan saja; setelah itu foto saya diturunkan dari "
        "media yang dikelola kota."
    ),
    Purpose.PUBLICITY: (
        "Saya setuju nama usaha, produk, dan nama saya ditampilkan kepada umum, misalnya di "
        "katalog atau peta produk kota.\n"
        "Alamat lengkap, nomor telepon, dan NIK saya tidak ikut ditampilkan.\n"
        "Saya boleh menarik persetujuan ini kapan saja; setelah itu data tersebut diturunkan."
    ),
}
